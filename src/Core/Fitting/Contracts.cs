using System.Text.Json;

namespace RadiogenomicsCloud.Fitting;

/// <summary>Something learned from rows. Immutable; knows the subjects it saw; can be written as plain numbers.</summary>
public interface IFitted
{
    /// <summary>The subjects whose rows were in the training set.</summary>
    IReadOnlySet<(string Cohort, string Patient)> Seen { get; }

    /// <summary>The registry name under which <see cref="ToJson"/> is read back.</summary>
    string Kind { get; }

    /// <summary>
    /// Whether <see cref="ToJson"/> holds values of training rows (support vectors, neighbours), or what they can be put together from (a forest), though never their ids. What holds rows gives
    /// patients' data away with the model.
    /// </summary>
    bool HoldsRows => false;

    /// <summary>What <see cref="ToJson"/> can tell of single training cases: of <see cref="Disclosures"/>. Not empty where <see cref="HoldsRows"/>.</summary>
    IReadOnlyList<string> Discloses => [];

    /// <summary>Everything needed to apply it again, without ids, and without rows unless <see cref="HoldsRows"/>.</summary>
    JsonElement ToJson();
}

/// <summary>A fitted change of the predictors: imputation, scaling, selection of columns.</summary>
public interface IFittedTransform : IFitted
{
    /// <summary>The columns that <see cref="Apply"/> returns.</summary>
    IReadOnlyList<string> Columns { get; }

    /// <summary>The columns that <see cref="Apply"/> reads: the same unless it makes new ones.</summary>
    IReadOnlyList<string> Inputs => Columns;

    /// <summary>Maps rows, seen or not; a column that the fit knew and that is absent is a <see cref="BadInputException"/> that names it.</summary>
    Predictors Apply(Predictors predictors);
}

/// <summary>A fitted model.</summary>
public interface IFittedModel : IFitted, IScoringModel
{
    /// <summary>The columns that matter in the fit (a non-zero coefficient, a split), a subset of <see cref="IScoringModel.Columns"/>.</summary>
    IReadOnlyList<string> Selected { get; }

    /// <inheritdoc/>
    bool IScoringModel.HasSeen(RowId row) => Seen.Contains(row.Subject);
}

/// <summary>Fits a transform or a selector. Deterministic given the training set; never changes its input.</summary>
public interface ITransformLearner
{
    /// <summary>Its name in the study file.</summary>
    string Name { get; }

    IFittedTransform Fit(TrainingSet training, CancellationToken cancel);
}

/// <summary>Fits a model. Deterministic given the training set; never changes its input.</summary>
public interface IModelLearner
{
    /// <summary>Its name in the study file.</summary>
    string Name { get; }

    /// <summary>Tunes itself inside <paramref name="training"/>, on folds that keep subjects whole.</summary>
    IFittedModel Fit(TrainingSet training, CancellationToken cancel);
}
