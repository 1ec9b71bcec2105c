"""What is kept: the response database, the people database, and their backups.

Plain values go in and come out (:mod:`survey_app.storage.records`); no query is written outside
this package and nothing here imports the rest of the program.
"""
