-- The figures of first_pivot.lua as sqlite3 works them out: posts costed by the rates, then grouped.
with rate as materialized (
  select max(iif(component = 'national_insurance', cast(round(rate * 100) as integer), 0)) as insurance,
         max(iif(component = 'national_insurance', threshold * 100, 0)) as threshold,
         max(iif(component = 'pension', cast(round(rate * 100) as integer), 0)) as pension,
         max(iif(component = 'apprenticeship_levy', cast(round(rate * 100) as integer), 0)) as levy
  from on_costs where employer_type = 'nhs'
), point as materialized (
  select band, point, salary * 100 as salary from pay_points where year = '2025/26'
), salaried as (
  select p."group" as grp, cast(round(p.cost * 100) as integer) as stated, cast(round(p.wte * 1000000) as integer) as micro,
         (point.salary * cast(round(p.wte * 1000000) as integer) + 500000) / 1000000 as pay
  from posts p left join point using (band, point)
), line as (
  select grp, micro, iif(stated <> 0, stated, pay + (max(0, pay - threshold) * insurance + 5000) / 10000
         + (pay * pension + 5000) / 10000 + (pay * levy + 5000) / 10000) as pence
  from salaried, rate
  union all select "group", 0, cast(round(cost * 100) as integer) from budget_lines
)
select grp, sum(pence), sum(micro) from line group by 1 union all select 'Total', sum(pence), sum(micro) from line;
