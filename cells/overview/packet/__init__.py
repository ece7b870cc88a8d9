"""The packet for a cell's meeting: a letter-size PDF for printing."""

from cells.overview.packet.contents import IDEAS, STEPS, Packet, PacketStep, packet_of
from cells.overview.packet.layout import as_pdf

__all__ = ["IDEAS", "STEPS", "Packet", "PacketStep", "as_pdf", "packet_of"]
