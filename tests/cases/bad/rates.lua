remit.rates()  --> error: rates: year is needed (a financial year such as 2025/26)
remit.rates { year = "2025" }  --> error: a financial year is written 2026/27
remit.rates { year = "1999/00" }  --> error: there are no pay points for 1999/00
remit.rates { year = "2025/26", view = "both" }  --> error: rates: view is one of employer, economic (whether the pension paid centrally is left out or counted), not 'both'
local rates <const> = remit.rates { year = "2025/26" }
rates:cost {}  --> error: no cost, and no band to work it out from
rates:cost { band = "8" }  --> error: no cost, and band 8 has no pay points in 2025/26: give the post its cost
rates:cost { band = "8a" }  --> error: no cost, and no pay point; band 8a has entry, intermediate, top
rates:cost { band = "8a", point = "topp" }  --> error: no cost, and no pay point 'topp' in band 8a, which has entry, intermediate, top
rates:cost { band = "8a", point = "top", employer_type = "parish" }  --> error: no on-costs for employer type 'parish' in 2025/26; there are some for council, nhs
rates:cost { band = "8a", point = "top", wte = -1 }  --> error: wte: -1 is not between 0 and 1000000000
rates:cost { salary = -5 }  --> error: salary: -5 is not between 0 and 1000000000
rates:cost { salary = 1e300 }  --> error: salary: 1e+300 is not between 0 and 1000000000
rates:cost { salary = 50000, wte = 1e300 }  --> error: wte: 1e+300 is not between 0 and 1000000000
rates:costs { band = "8a", point = "top" }  --> error: rates has no method 'costs'. Did you mean 'cost'?
