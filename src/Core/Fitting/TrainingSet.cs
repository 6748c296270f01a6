namespace RadiogenomicsCloud.Fitting;

/// <summary>
/// All that a learner may look at. Rows of one subject (see <see cref="RowId.Subject"/>), hence also copies of a case in a bootstrap
/// sample, form one group and are never split across inner folds.
/// </summary>
/// <param name="Seed">Seed of everything random in the fit.</param>
public sealed record TrainingSet(Predictors Predictors, Endpoint Endpoint, ulong Seed);
