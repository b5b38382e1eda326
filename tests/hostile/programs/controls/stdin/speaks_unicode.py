# Identifiers and texts of many scripts, a cookie that says what is true, tabs for indentation.
# -*- coding: utf-8 -*-
число, 数 = map(int, input().split())
if "naïve ☃ 𝔘𝔫𝔦𝔠𝔬𝔡𝔢":
	ответ = (число * 7919 + 数 * 104729) % 1000003
	print(ответ)
