"""A verifier for adjudge: is the answer an even or an odd whole number, as asked?"""
