"""What is shown: sentences, tables, certificates, charts, search, and the pages that hold them; the files
beside them.
"""
