"""Medians over rounds, ratios within a round, and tables of both."""
from statistics import median


def ratio(rows, name, base, key):
    """The median over rounds of this contender's figure to the base's in the same round."""
    of_base = {row["round"]: row[key] for row in rows if row["name"] == base}
    ratios = [row[key] / of_base[row["round"]] for row in rows if row["name"] == name and of_base.get(row["round"])]
    return (median(ratios), min(ratios), max(ratios)) if ratios else None


def table(title, rows, names, columns, ratios=()):
    """One line a contender: the median of each column, then each ratio with its least and its most."""
    print(f"\n{title}")
    heads = [head for head, _, _ in columns] + [f"{head} / {base}" for head, base, _ in ratios]
    print(f"{'':12}" + "".join(f"{head:>{width(head)}}" for head in heads))
    for name in names:
        mine = [row for row in rows if row["name"] == name]
        if mine:
            cells = [f"{median(row[key] for row in mine):.{digits}f}" for _, key, digits in columns]
            cells += [spread(ratio(rows, name, base, key)) for _, base, key in ratios]
            print(f"{name:12}" + "".join(f"{cell:>{width(head)}}" for cell, head in zip(cells, heads)))


def width(head):
    return max(len(head) + 2, 18 if "/" in head else 10)


def spread(values):
    return "-" if values is None else "{:.2f} ({:.2f}-{:.2f})".format(*values)
