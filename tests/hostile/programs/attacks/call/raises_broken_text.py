# An exception whose text and type no encoder likes: surrogates, NUL, line ends, right-to-left marks.
def f(a, b):
    raise type("Err\nor\x1b[31m\u202e", (Exception,), {})("\ud800\x00\r\n\x1b[2J" * 50)
