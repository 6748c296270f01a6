# python3 make_cv.py: Debian's python3-xgboost 1.7.4. Repeated stratified five-fold cross-validation of exact greedy boosting.
import csv
import numpy as np
import xgboost as xgb

rows = list(csv.reader(open('../sets/sonar.csv')))[1:]
data = np.array([[float(v) for v in row] for row in rows])
x, y = data[:, :60], data[:, 60].astype(int)
rng = np.random.RandomState(20260101)
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
print(f'sonar xgboost AUC: mean {np.mean(aucs):.5f} sd {np.std(aucs, ddof=1):.5f} of {len(aucs)}')
