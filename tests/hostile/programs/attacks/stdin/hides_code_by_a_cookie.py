# coding: utf-7
# An encoding cookie makes the text mean something else than a reader sees.
+AHAAcgBpAG4AdAAo-"PASSED")
