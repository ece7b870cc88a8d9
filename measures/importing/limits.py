"""How big a file of numbers may be; all of it is held in memory once, while it is read."""

MOST_ROWS = 20_000
MOST_COLUMNS = 50
MOST_CELLS = 400_000
# Letters of one cell, which may hold all values of a period; of a column's name; of a workbook.
LONGEST = 4_000
LONGEST_NAME = 200
MOST_LETTERS = 10_000_000
# A workbook is a ZIP archive: what it may say that it unpacks to, and into how many parts.
MOST_UNPACKED = 40 * 1024 * 1024
MOST_PARTS = 1_000
# Tags in its sheets, and in all else (texts, looks): what is read slowly, and packs very small.
MOST_TAGS = 2_500_000
MOST_TAGS_BESIDE = 600_000
# Rows without anything, over all sheets: some are formatted down to the last row.
MOST_BLANK = 1_100_000
MOST_SHEETS = 30
