"""A made-up company's half year: articles with their history, and leads, deals and feedback as real exports have them.

Pure: bytes and rows out, by a seed. What is written, committed and imported is for the command to do.
"""
