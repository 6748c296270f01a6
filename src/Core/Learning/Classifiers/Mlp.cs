using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// Multilayer perceptron on columns of mean 0 and standard deviation 1: one output of a binary endpoint (logistic), of a continuous one
/// (linear, the endpoint standardised) and of survival (the log relative hazard), one a class of several (softmax). See
/// <see cref="MlpLoss"/> and <see cref="MlpTraining"/>. The same seed gives the same weights, whatever the order of rows. Weighted rows
/// count as so many. Columns without differences are left out; missing and infinite values are refused.
/// </summary>
internal sealed class Mlp(MlpOptions options) : IModelLearner
{
    public string Name => MlpOptions.RegistryName;

    public IFittedModel Fit(TrainingSet training, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(training);
        Values.RequireDifferences(training);
        cancel.ThrowIfCancellationRequested();
        training = CanonicalOrder.Of(training);
        var scaling = ColumnScaling.Fit(training.Predictors, Name);
        var present = training.Endpoint is MulticlassEndpoint classes ? classes.Values.Distinct().Order().ToArray() : [0];
        var (centre, scale) = training.Endpoint is ContinuousEndpoint numbers
            ? (Moments.Mean(numbers.Values), Math.Sqrt(Moments.SampleVariance(numbers.Values)))
            : (0, 1);
        var network = new MlpNetwork(
            [scaling.Columns.Count, .. Enumerable.Repeat(options.HiddenUnits, options.HiddenLayers), present.Length], options.Relu);
        var start = network.Initialise(DeterministicRandom.Derive(training.Seed, "mlp", 0));
        var whole = Objective(training);
        var parameters = options.EarlyStopping && HeldOut(training) is var (rest, heldOut)
            ? Stopped(Objective(training.SelectRows(rest)), Objective(training.SelectRows(heldOut)), start, cancel)
            : new MlpTraining(whole, options, _ => false, cancel).Run(start);
        if (!double.IsFinite(whole.Loss(parameters)))
            throw new BadInputException("learning.diverged", $"'{Name}' did not settle on any weights; lower 'learning_rate', or take the solver lbfgs.", Name);
        var baseline = Loss(training).Baseline(whole.Outputs(parameters));
        var known = training.Endpoint is MulticlassEndpoint several ? several.Labels.Count : 1;
        return new FittedMlp(
            training.Endpoint.Kind, known, present, network, scaling, parameters, centre, scale, baseline, Subjects.Of(training.Predictors.Rows));

        MlpLoss Loss(TrainingSet rows) => new(rows.Endpoint, rows.Weights, present, centre, scale);

        MlpObjective Objective(TrainingSet rows) => new(network, scaling.Apply(rows.Predictors), Loss(rows), options.Decay);
    }

    /// <summary>The weights of the least loss of the rows held out.</summary>
    private double[] Stopped(MlpObjective training, MlpObjective heldOut, double[] start, CancellationToken cancel)
    {
        var best = (double[])start.Clone();
        var (least, waited) = (heldOut.Loss(start), 0);
        new MlpTraining(training, options, Look, cancel).Run(start);
        return best;

        bool Look(double[] parameters)
        {
            var loss = heldOut.Loss(parameters);
            if (loss < least)
            {
                (least, waited) = (loss, 0);
                parameters.CopyTo(best, 0);
                return false;
            }
            return ++waited >= options.Patience;
        }
    }

    /// <summary>One stratified fold of subjects; null where there are too few to hold any out.</summary>
    private (int[] Fitted, int[] Judged)? HeldOut(TrainingSet training)
    {
        var rows = training.Predictors.Rows;
        var count = Math.Min((int)Math.Round(1 / options.ValidationFraction), Folds.RarerClassSubjects(rows, training.Endpoint));
        if (count < 2)
            return null;
        var folds = Folds.Stratified(rows, training.Endpoint, count, DeterministicRandom.Derive(training.Seed, "mlp", 1));
        return (folds.TrainingRows(0), folds.HeldOutRows(0));
    }
}
