"""Test code in one process, the candidate it tests in another: what both sides are made of.

``wire`` carries frames, ``codec`` turns values into them, ``link`` asks and answers. ``hosting`` is
the candidate's side. ``session``, ``proxies`` and ``module`` are the tests' side, which believes
nothing that comes over the wire: a value is rebuilt from exact builtin types, or it is a proxy.
"""
