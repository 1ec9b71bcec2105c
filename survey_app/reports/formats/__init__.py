"""The forms of an export beside the workbook: for SPSS, Stata, R, Excel, and all in one."""
