"""x"""
def find_tables(text, *, issued_on, reports, period):
    return ()
