-- What remit.format cannot write.
remit.format("12", "£")  --> error: format takes a finite number, not a string
-->   remit.format(1234.5, "£p")
remit.format(nil, "£p")  --> error: format takes a finite number, not nil
-->   remit.format(1234.5, "£p")
remit.format(0 / 0)  --> error: format takes a finite number, not nan or inf
-->   remit.format(1234.5, "£p")
remit.format(1, "£k")  --> error: no display '£k'. Did you mean '£', '£p' or '£m'?
-->   Displays: £, £p, £m, £/head, WTE, count, %, month, number, text
remit.format(1, "month")  --> error: format writes figures, and 'month' has none
-->   remit.format(1234.5, "£p")
remit.format(1e300, "£")  --> error: too large: more than 92,233,720,368,547,758.07
remit.format(1, "£", { plus = true })  --> error: format has no field 'plus'.
-->   Fields: sign
remit.fromat(1)  --> error: remit has no 'fromat'. Did you mean 'format'?
