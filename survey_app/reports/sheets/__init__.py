"""The sheets of a workbook, one a file, as plain rows that csv takes too."""
