# SPDX-License-Identifier: Apache-2.0
"""SQLite as one of the engines that run.lua asks, in the words of engine.lua: peer_sqlite.py PACK

In memory; integer columns and keys, statements prepared once (Python keeps them). Loading is timed as sqlite3's own .import.
"""
import csv
import sqlite3
import subprocess
import sys
import time

PACK = sys.argv[1]
SCHEMA = ("CREATE TABLE posts (id TEXT, fn TEXT, place TEXT, org TEXT, \"group\" TEXT, band TEXT, wte REAL, in_post REAL, cost REAL);",
          ".import --csv --skip 1 '%s/posts.csv' posts" % PACK)
SUMS = "sum(cost), sum(wte) FROM posts"
LEVELS = ["grp", "fn", "region", "place"]


def roll_up():
    """SQLite has no ROLLUP: the finest grouping once, and each level from the one before."""
    parts = ["WITH level4 AS MATERIALIZED (SELECT f.grp AS grp, fn, p.region AS region, place, cost, wte FROM "
             "(SELECT fn, place, sum(cost) AS cost, sum(wte) AS wte FROM posts GROUP BY fn, place) "
             "JOIN functions f ON f.id = fn JOIN places p ON p.id = place)"]
    for depth in (3, 2, 1, 0):
        keys = ", ".join(LEVELS[:depth])
        parts.append("level%d AS MATERIALIZED (SELECT %s sum(cost) AS cost, sum(wte) AS wte FROM level%d %s)"
                     % (depth, keys + "," if keys else "", depth + 1, "GROUP BY " + keys if keys else ""))
    selects = []
    for depth in range(5):
        names = LEVELS[:depth] + ["NULL"] * (4 - depth)
        selects.append("SELECT %s, cost, wte FROM level%d" % (", ".join(names), depth))
    return ", ".join(parts) + " " + " UNION ALL ".join(selects)


QUESTIONS = [
    "SELECT " + SUMS,
    "SELECT fn, " + SUMS + " GROUP BY fn",
    "SELECT fn, place, " + SUMS + " GROUP BY fn, place",
    "SELECT org, fn, band, " + SUMS + " GROUP BY org, fn, band",
    "SELECT fn, " + SUMS + " WHERE band >= 8 AND place IN (SELECT id FROM places WHERE region = 3) GROUP BY fn",
    roll_up(),
]
KEYS = [[], ["f"], ["f", "p"], ["o", "f", "band"], ["f"], ["g", "f", "r", "p"]]
BANDS = ["1", "2", "3", "4", "5", "6", "7", "8a", "8b", "8c", "8d", "9"]


def posts():
    with open(PACK + "/posts.csv", newline="") as file:
        for row in csv.DictReader(file):
            yield (int(row["fn"][1:]), int(row["place"][1:]), int(row["org"][1:]), BANDS.index(row["band"]) + 1,
                   round(float(row["cost"]) * 100), round(float(row["wte"]) * 1000000))


connection = sqlite3.connect(":memory:")
connection.execute("PRAGMA temp_store = memory")
connection.execute("PRAGMA cache_size = -400000")
connection.execute("CREATE TABLE posts (fn INTEGER, place INTEGER, org INTEGER, band INTEGER, cost INTEGER, wte INTEGER)")
connection.execute("CREATE TABLE functions (id INTEGER PRIMARY KEY, grp INTEGER)")
connection.execute("CREATE TABLE places (id INTEGER PRIMARY KEY, region INTEGER)")
connection.executemany("INSERT INTO posts VALUES (?, ?, ?, ?, ?, ?)", posts())
connection.executemany("INSERT INTO functions VALUES (?, ?)", [(n, (n - 1) % 8 + 1) for n in range(1, 61)])
connection.executemany("INSERT INTO places VALUES (?, ?)", [(n, (n - 1) % 7 + 1) for n in range(1, 141)])
connection.commit()
connection.execute("ANALYZE")


def ask(number):
    return connection.execute(QUESTIONS[number - 1]).fetchall()


def label(key, code):
    if code is None:
        return ""
    return BANDS[code - 1] if key == "band" else "%s%03d" % (key, code)


def show(number):
    keys = KEYS[number - 1]
    for row in ask(number):
        print("|".join([label(key, code) for key, code in zip(keys, row)] + [str(figure) for figure in row[len(keys):]]))
    print(".")


def timed(body, times):
    start = time.perf_counter_ns()
    for _ in range(times):
        body()
    print(time.perf_counter_ns() - start)


print("ready", sqlite3.sqlite_version, flush=True)
for line in sys.stdin:
    words = line.split()
    if words[0] == "show":
        show(int(words[1]))
    elif words[0] == "ask":
        timed(lambda: ask(int(words[1])), int(words[2]))
    elif words[0] == "load":
        timed(lambda: subprocess.run(["sqlite3", "-batch", ":memory:"], input="\n".join(SCHEMA), text=True, check=True), 1)
    else:
        print("?")
    sys.stdout.flush()
