# python3 make_xgboost.py: Debian's python3-xgboost 1.7.4. Writes a small data set and XGBoost's predictions of its rows by exact greedy trees.
import csv
import numpy as np
import xgboost as xgb

n, p = 120, 6
rng = np.random.RandomState(1)
x = rng.normal(size=(n, p)).round(3)
signal = x[:, 0] - x[:, 1] * (x[:, 2] > 0) + rng.normal(size=n)
binary = (signal > 0).astype(int)
classes = np.digitize(signal, [-0.7, 0.7])
value = signal.round(4)
time = np.round(np.exp(-signal / 2) * rng.exponential(size=n) * 1000, 3)
event = (rng.uniform(size=n) < 0.7).astype(int)
assert len(set(time)) == n

def fit(objective, label, margin, **more):
    data = xgb.DMatrix(x, label=label)
    data.set_base_margin(margin)
    settings = dict(objective=objective, tree_method='exact', eta=0.3, max_depth=3, min_child_weight=1, gamma=0.1, nthread=1, **more)
    settings['lambda'] = 1
    return xgb.train(settings, data, 30).predict(data, output_margin=objective == 'survival:cox')

share = binary.mean()
columns = {f'x{c + 1}': x[:, c] for c in range(p)}
columns |= dict(binary=binary, classes=classes, value=value, time=time, event=event)
columns['p'] = fit('binary:logistic', binary, np.full(n, np.log(share / (1 - share))))
start = np.log(np.bincount(classes) / n)
soft = fit('multi:softprob', classes, np.tile(start, (n, 1)).ravel(), num_class=3)
columns |= {f'p{k}': soft[:, k] for k in range(3)}
columns['expected'] = fit('reg:squarederror', value, np.full(n, value.mean()))
columns['log_hazard'] = fit('survival:cox', np.where(event == 1, time, -time), np.zeros(n))
with open('xgboost.csv', 'w', newline='') as file:
    out = csv.writer(file, lineterminator='\n')
    out.writerow(columns)
    out.writerows(zip(*[[format(float(v), '.9g') for v in column] for column in columns.values()]))
