"""The packet for a cell's meeting, as a PDF in letter size that is meant to be printed."""

from cells.packet.contents import Packet, packet_of
from cells.packet.layout import as_pdf

__all__ = ["Packet", "as_pdf", "packet_of"]
