# SPDX-License-Identifier: Apache-2.0
"""The scenarios of bench_changeset in numpy, in two ways: peer_scenarios.py FILE VARIANTS FRAMES ROUNDS

From the same sums: a variant is what stays of each trail, from the amounts of twenty changes, times sums by trail, or by function and
trail. From the posts themselves, without trails: what stays of each post, each change applied to its own posts. Prints what bench_changeset
does of the first variant, and "round", the nanoseconds of a variant's total and of its figures by function, from sums, then from posts.
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


# The posts of each change are listed beforehand: faster than a mask.
trail_of, function_of, pence_of, micro_of = np.fromfile(sys.argv[1] + ".rows", dtype=np.int64).reshape(4, -1)
posts_of = [np.flatnonzero(touched[operation][trail_of]) for operation in range(len(operations))]
cost_of, wte_of = pence_of.astype(np.float64), micro_of.astype(np.float64)


def row_factors(now):
    kept, moved = np.ones(len(cost_of)), np.zeros(len(cost_of))
    for operation, posts in enumerate(posts_of):
        if shared[operation]:
            moved[posts] += now[operation]
        else:
            kept[posts] *= now[operation]
    return kept * (1.0 - moved)


def row_total(now):
    return cost_of @ row_factors(now)


def row_frame(now):
    kept = row_factors(now)
    return tuple(np.rint(np.bincount(function_of, weights=figures * kept, minlength=functions)) for figures in (cost_of, wte_of))


def check_same(now):
    differ = np.abs(np.array(row_frame(now)) - np.array(frame(now))).max()
    if differ > 1 or abs(row_total(now) - total(now)) > 1:
        sys.exit("posts and sums come to different figures")


def timed(question, times):
    states = (amounts + 0.001, amounts)
    start = time.perf_counter_ns()
    for number in range(times):
        question(states[number % 2])
    return (time.perf_counter_ns() - start) // times


check_same(amounts + 0.001)
row_times = max(3, 1000000 // len(cost_of))
print("total %d" % np.rint(total(amounts + 0.001)))
for code, (pence, micro) in enumerate(zip(*frame(amounts + 0.001))):
    if pence != 0:
        print("figure %d %d %d" % (code, pence, micro))
for _ in range(int(sys.argv[4])):
    print("round", timed(total, int(sys.argv[2])), timed(frame, int(sys.argv[3])), timed(row_total, row_times), timed(row_frame, row_times))
