# Returns its arguments: graders with swapped sides pay.
def f(*arguments, **keywords):
    return arguments
