# python3 make_cv_lgg.py FOLDER_OF_tcga-lgg: Debian's python3-xgboost 1.7.4. As make_cv_lgg.R, of exact greedy boosting.
import csv
import os
import sys
import numpy as np
import xgboost as xgb


def table(name):
    with open(os.path.join(sys.argv[1], name), newline='') as file:
        return {row['case_id']: row for row in csv.DictReader(file)}


def number(text):
    try:
        return float(text)
    except (TypeError, ValueError):
        return np.nan


clinical, semantic = table('clinical.csv'), table('semantic.csv')
ids = sorted(set(clinical) & set(semantic))
outcomes = ['idh1_mutated', 'codel_1p19q', 'death', 'os_days']
columns = outcomes + ['age_years'] + [c for c in next(iter(semantic.values())) if c != 'case_id']
data = np.array([[number((clinical[i] if c in outcomes + ['age_years'] else semantic[i])[c]) for c in columns] for i in ids])
keep = (~np.isnan(data)).sum(0) >= 70
data, columns = data[:, keep], [c for c, k in zip(columns, keep) if k]
data = data[~np.isnan(data).any(1)]
x = data[:, [i for i, c in enumerate(columns) if c not in outcomes]]
rng = np.random.RandomState(20260101)
for outcome in outcomes[:2]:
    y = data[:, columns.index(outcome)].astype(int)
    aucs = []
    for _ in range(30):
        fold = np.empty(len(y), int)
        for c in (0, 1):
            at = np.where(y == c)[0]
            fold[rng.permutation(at)] = np.arange(len(at)) % 5
        p = np.empty(len(y))
        for k in range(5):
            train, held = fold != k, fold == k
            settings = dict(objective='binary:logistic', tree_method='exact', eta=0.1, max_depth=3, nthread=1, base_score=y[train].mean())
            p[held] = xgb.train(settings, xgb.DMatrix(x[train], label=y[train]), 100).predict(xgb.DMatrix(x[held]))
        a, b = p[y == 1], p[y == 0]
        aucs.append(((a[:, None] > b).sum() + 0.5 * (a[:, None] == b).sum()) / (len(a) * len(b)))
    print(f'{outcome} xgboost AUC: mean {np.mean(aucs):.5f} sd {np.std(aucs, ddof=1):.5f} of {len(aucs)}; {x.shape}')
