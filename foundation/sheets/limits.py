"""Size limits for uploaded tables, which are held in memory while they are read."""

MOST_ROWS = 20_000
MOST_COLUMNS = 50
MOST_CELLS = 400_000
# Characters in a cell, which may hold all values of a period; in a column name; in a workbook.
LONGEST = 4_000
LONGEST_NAME = 200
MOST_LETTERS = 10_000_000
# A workbook is a ZIP archive: the limits on its declared unpacked size and number of parts.
MOST_UNPACKED = 40 * 1024 * 1024
MOST_PARTS = 1_000
# Tags in its sheets, and in everything else (texts, styles): slow to parse, and compressed tightly.
MOST_TAGS = 2_500_000
MOST_TAGS_BESIDE = 600_000
# Blank rows over all sheets: some are formatted down to the last row.
MOST_BLANK = 1_100_000
MOST_SHEETS = 30
# The header is among this many first lines, below titles and notes.
HEAD_WITHIN = 20
