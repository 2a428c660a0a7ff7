# SPDX-License-Identifier: Apache-2.0
"""The scenarios of bench_changeset in numpy, from the same sums: peer_scenarios.py FILE VARIANTS FRAMES ROUNDS

A variant is what stays of each trail, from the amounts of twenty changes, times sums by trail, or by function and trail. Prints what bench_changeset does of the first
variant, and "round", the nanoseconds of a variant's total and of its figures by function.
"""
import sys
import time

import numpy as np

lines = [line.rstrip("\n").split(" ") for line in open(sys.argv[1])]
operations = [line[1:] for line in lines if line[0] == "operation"]
trails = [[int(number) - 1 for number in line[1].split("|") if number] for line in lines if line[0] == "trail"]
sums = np.array([line[1:] for line in lines if line[0] == "sum"], dtype=np.int64)
touched = np.zeros((len(operations), len(trails)), dtype=bool)
for code, trail in enumerate(trails):
    touched[trail, code] = True
shared = np.array([kind == "share" for kind, _ in operations])
amounts = np.array([int(factor) for _, factor in operations]) / 1e12
scaling, sharing = touched[~shared], touched[shared].astype(np.float64)
functions = sums[:, 0].max() + 1
cost, wte = np.zeros((functions, len(trails))), np.zeros((functions, len(trails)))
cost[sums[:, 0], sums[:, 1]] = sums[:, 2]
wte[sums[:, 0], sums[:, 1]] = sums[:, 3]
cost_by_trail = cost.sum(axis=0)


def factors(now):
    return np.where(scaling, now[~shared, None], 1.0).prod(axis=0) * (1.0 - now[shared] @ sharing)


def total(now):
    return cost_by_trail @ factors(now)


def frame(now):
    kept = factors(now)
    return np.rint(cost @ kept), np.rint(wte @ kept)


def timed(question, times):
    states = (amounts + 0.001, amounts)
    start = time.perf_counter_ns()
    for number in range(times):
        question(states[number % 2])
    return (time.perf_counter_ns() - start) // times


print("total %d" % np.rint(total(amounts + 0.001)))
for code, (pence, micro) in enumerate(zip(*frame(amounts + 0.001))):
    if pence != 0:
        print("figure %d %d %d" % (code, pence, micro))
for _ in range(int(sys.argv[4])):
    print("round", timed(total, int(sys.argv[2])), timed(frame, int(sys.argv[3])))
