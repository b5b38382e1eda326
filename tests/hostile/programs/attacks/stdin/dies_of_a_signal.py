# Crashes by a null pointer, with a core dump where that is allowed.
import ctypes
import resource

try:
    resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
except (OSError, ValueError):
    pass
ctypes.string_at(0)
