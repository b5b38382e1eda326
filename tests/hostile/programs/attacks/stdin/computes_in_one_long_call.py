# One C call that never looks at signals: alarms inside the process cannot end it.
9 ** (9**9)
