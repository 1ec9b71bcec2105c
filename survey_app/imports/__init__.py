"""Answers collected elsewhere, read from a table and put through the version's own forms.

Takes an instrument and rows of plain values, and knows neither file nor database: what is read
becomes what is posted to a form, and the form says what is stored and what is wrong.
"""
