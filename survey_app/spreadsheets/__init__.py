"""Writing .xlsx safely and with constant memory. The only room that knows openpyxl."""
