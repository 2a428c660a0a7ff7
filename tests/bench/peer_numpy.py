# SPDX-License-Identifier: Apache-2.0
"""numpy as one of the engines that run.lua asks, in the words of engine.lua: peer_numpy.py PACK

Keys are codes of one byte. Weights stand ready as doubles, which bincount wants and which hold these sums exactly.
"""
import sys
import time

import numpy as np

PACK = sys.argv[1]
COLUMNS = ["id", "fn", "place", "org", "group", "band", "wte", "in_post", "cost"]
SENIOR = [b"8a", b"8b", b"8c", b"8d", b"9"]


def read(columns):
    types = [(name, np.float64 if name in ("wte", "in_post", "cost") else "S8") for name in columns]
    places = [COLUMNS.index(name) for name in columns]
    return np.loadtxt(PACK + "/posts.csv", dtype=types, delimiter=",", skiprows=1, usecols=places)


def coded(texts):
    labels, codes = np.unique(texts, return_inverse=True)
    return labels, codes.astype(np.uint8)


rows = read(["fn", "place", "org", "band", "wte", "cost"])
labels, codes = {}, {}
for key in ("fn", "place", "org", "band"):
    labels[key], codes[key] = coded(rows[key])
cost = np.rint(rows["cost"] * 100).astype(np.int64)
wte = np.rint(rows["wte"] * 1000000).astype(np.int64)
del rows
cost_weights, wte_weights = cost.astype(np.float64), wte.astype(np.float64)
sizes = {key: len(labels[key]) for key in labels}
group_of = np.array([(int(fn[1:]) - 1) % 8 for fn in labels["fn"]])
region_of = np.array([(int(place[1:]) - 1) % 7 for place in labels["place"]])
in_region = (region_of[:, None] == np.arange(7)).astype(np.float64)
senior, here = np.isin(labels["band"], SENIOR), region_of == 2


def grouped(keys):
    size, key = sizes[keys[0]], codes[keys[0]]
    for name in keys[1:]:
        key = key.astype(np.int32, copy=False) * sizes[name]
        key += codes[name]
        size *= sizes[name]
    return [np.bincount(key, weights=weights, minlength=size) for weights in (cost_weights, wte_weights)]


def by_function_filtered():
    chosen = np.flatnonzero(senior[codes["band"]] & here[codes["place"]])
    key = codes["fn"][chosen]
    return [np.bincount(key, weights=weights[chosen], minlength=sizes["fn"]) for weights in (cost_weights, wte_weights)]


def rolled_up():
    """From the finest grouping: each level is a sum of small arrays."""
    shape = (sizes["fn"], sizes["place"])
    levels = []
    for sums in grouped(["fn", "place"]):
        finest = sums.reshape(shape)
        by_region = finest @ in_region
        by_fn = by_region.sum(axis=1)
        by_group = np.bincount(group_of, weights=by_fn, minlength=8)
        levels.append((finest, by_region, by_fn, by_group, by_group.sum()))
    return levels


ASK = [
    lambda: (cost.sum(), wte.sum()),
    lambda: grouped(["fn"]),
    lambda: grouped(["fn", "place"]),
    lambda: grouped(["org", "fn", "band"]),
    by_function_filtered,
    rolled_up,
]
KEYS = [[], ["fn"], ["fn", "place"], ["org", "fn", "band"], ["fn"]]


def put(keys, cost_pence, wte_micro):
    print("|".join(keys + ["%d" % cost_pence, "%d" % wte_micro]))


def label(name, code):
    return labels[name][code].decode()


def show_rolled_up():
    (finest, by_region, by_fn, by_group, everything), others = rolled_up()
    put([""] * 4, everything, others[4])
    for g in range(8):
        put(["g%03d" % (g + 1), "", "", ""], by_group[g], others[3][g])
    for f in range(sizes["fn"]):
        above = ["g%03d" % (group_of[f] + 1), label("fn", f)]
        put(above + ["", ""], by_fn[f], others[2][f])
        for r in range(7):
            if by_region[f, r]:
                put(above + ["r%03d" % (r + 1), ""], by_region[f, r], others[1][f, r])
        for p in np.flatnonzero(finest[f]):
            put(above + ["r%03d" % (region_of[p] + 1), label("place", p)], finest[f, p], others[0][f, p])


def show(number):
    if number == 6:
        show_rolled_up()
    elif number == 1:
        put([], *ASK[0]())
    else:
        costs, wtes = ASK[number - 1]()
        keys = KEYS[number - 1]
        for cell in np.flatnonzero(costs):
            codes_of = np.unravel_index(cell, [sizes[key] for key in keys])
            put([label(key, code) for key, code in zip(keys, codes_of)], costs[cell], wtes[cell])
    print(".")


def timed(body, times):
    start = time.perf_counter_ns()
    for _ in range(times):
        body()
    print(time.perf_counter_ns() - start)


print("ready", np.__version__, flush=True)
for line in sys.stdin:
    words = line.split()
    if words[0] == "show":
        show(int(words[1]))
    elif words[0] == "ask":
        timed(ASK[int(words[1]) - 1], int(words[2]))
    elif words[0] == "load":
        timed(lambda: read(COLUMNS), 1)
    else:
        print("?")
    sys.stdout.flush()
