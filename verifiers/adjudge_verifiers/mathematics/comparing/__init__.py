"""The ladder and its rungs: is an answer what the reference says?"""
