# SPDX-License-Identifier: Apache-2.0
"""The scenarios of bench_changeset in numpy, in four ways: peer_scenarios.py FILE VARIANTS FRAMES ROUNDS

From the same sums: a variant is what stays of each trail, from the amounts of twenty changes, times sums by trail, or by function and
trail. Change after change, without trails: lines, which are the posts or, where those are many, their sums by what the changes select on, are
copied, and each change is applied to its own, which are known beforehand. A factor a line: what stays of each of these lines, then times its
figures. From posts: the same of the posts, however many.
Prints what bench_changeset does of the first variant, "lines" and "form", how many lines there are and how they are changed in the least time,
and "round", the nanoseconds of a variant's total and of its figures by function in each of these ways.
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
columns = np.fromfile(sys.argv[1] + ".rows", dtype=np.int64).reshape(6, -1)
trail_of, function_of = columns[0], columns[1]
posts_of = [np.flatnonzero(touched[operation][trail_of]) for operation in range(len(operations))]
cost_of, wte_of = columns[4].astype(np.float64), columns[5].astype(np.float64)


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


# ---- Change after change ----


def lines_of_changes():
    """Trail, function, and cost and WTE, of posts, or of sums by function, region and band where those are at most half as many."""
    cell = (columns[1] * (columns[2].max() + 1) + columns[2]) * (columns[3].max() + 1) + columns[3]
    _, first, cell_of = np.unique(cell, return_index=True, return_inverse=True)
    if 2 * len(first) > len(cost_of):
        return trail_of, function_of, np.stack((cost_of, wte_of))
    return trail_of[first], function_of[first], np.stack([np.bincount(cell_of, weights=figures) for figures in (cost_of, wte_of)])


line_trail, line_function, base = lines_of_changes()
base_cost = base[0].copy()
masks = [touched[operation][line_trail] for operation in range(len(operations))]
places = [np.flatnonzero(mask) for mask in masks]
scales = [operation for operation in range(len(operations)) if not shared[operation]]
shares = [operation for operation in range(len(operations)) if shared[operation]]


def less_moved(figures, now, lines):
    """Shares are all of what the scales left, and add."""
    moved = np.zeros(figures.shape[-1])
    for operation in shares:
        moved[lines[operation]] += now[operation]
    figures *= 1.0 - moved
    return figures


def by_mask(figures, now):
    figures = figures.copy()
    for operation in scales:
        figures[..., masks[operation]] *= now[operation]
    return less_moved(figures, now, masks)


def by_place(figures, now):
    figures = figures.copy()
    for operation in scales:
        figures[..., places[operation]] *= now[operation]
    return less_moved(figures, now, places)


def by_where(figures, now):
    for operation in scales:
        figures = np.where(masks[operation], figures * now[operation], figures)
    return less_moved(figures, now, masks)


def by_line(figures, now):
    stays = np.ones(figures.shape[-1])
    for operation in scales:
        stays[places[operation]] *= now[operation]
    return figures * less_moved(stays, now, places)


forms = {"masks": by_mask, "positions": by_place, "where": by_where}


def line_total(change):
    return lambda now: change(base_cost, now).sum()


def line_frame(change):
    def frame_of(now):
        return tuple(np.rint(np.bincount(line_function, weights=figures, minlength=functions)) for figures in change(base, now))
    return frame_of


# ---- The same figures, and how long they take ----


def check_same(now):
    changes = [by_line] + list(forms.values())
    frames = [row_frame] + [line_frame(change) for change in changes]
    totals = [row_total] + [line_total(change) for change in changes]
    for other in frames:
        if np.abs(np.array(other(now)) - np.array(frame(now))).max() > 1:
            sys.exit("ways come to different figures")
    for other in totals:
        if abs(other(now) - total(now)) > 1:
            sys.exit("ways come to different totals")


def timed(question, times):
    states = (amounts + 0.001, amounts)
    start = time.perf_counter_ns()
    for number in range(times):
        question(states[number % 2])
    return (time.perf_counter_ns() - start) // times


def quickest(way):
    """Of the forms the one that takes the least time, at its best of five."""
    taken = {form: min(timed(way(change), 20) for _ in range(5)) for form, change in forms.items()}
    return min(taken, key=taken.get)


check_same(amounts + 0.001)
row_times = max(3, 1000000 // len(cost_of))
total_form, frame_form = quickest(line_total), quickest(line_frame)
print("lines %d" % len(line_trail))
print("form %s for totals, %s for frames" % (total_form, frame_form))
print("total %d" % np.rint(total(amounts + 0.001)))
for code, (pence, micro) in enumerate(zip(*frame(amounts + 0.001))):
    if pence != 0:
        print("figure %d %d %d" % (code, pence, micro))
for _ in range(int(sys.argv[4])):
    print("round", timed(total, int(sys.argv[2])), timed(frame, int(sys.argv[3])),
          timed(line_total(forms[total_form]), 200), timed(line_frame(forms[frame_form]), 200),
          timed(line_total(by_line), 200), timed(line_frame(by_line), 200), timed(row_total, row_times), timed(row_frame, row_times))
