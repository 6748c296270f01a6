using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// A regression without penalty by maximum likelihood, of all columns of a table: as R's <c>glm(family = binomial)</c>, <c>lm</c>,
/// <c>nnet::multinom</c> (reference: the first class that occurs) and <c>survival::coxph</c>.
/// </summary>
/// <param name="Scores">One, or one a class, over the columns as given.</param>
/// <param name="Baseline">Of survival, at linear predictor 0.</param>
internal sealed record PlainFit(ScorePoint[] Scores, Inference Inference, BaselineHazard? Baseline)
{
    public const string InterceptName = "(intercept)";

    // e^-50 is no probability to speak of, and finite.
    private const double AbsentIntercept = -50;

    /// <exception cref="BadInputException">
    /// <c>learning.too_many_columns</c>: no fewer independent columns than rows; <c>learning.separation</c>: the likelihood grows without end;
    /// <c>learning.perfect_fit</c>: no residual variance is left; or the endpoint has no differences.
    /// </exception>
    public static PlainFit Of(TrainingSet training, TieMethod ties, CancellationToken cancel)
    {
        Values.RequireDifferences(training);
        var predictors = training.Predictors;
        var design = StandardisedDesign.Create(predictors.All, predictors.RowCount, training.Weights);
        var columns = OrthogonalColumns.Of(design, Math.Max(0, predictors.RowCount - 2), cancel);
        return training.Endpoint switch
        {
            ContinuousEndpoint numbers => Linear(predictors, numbers, design, columns),
            BinaryEndpoint binary => Categorical(training, [.. binary.Values.Select(v => v ? 1 : 0)], 2, null, design, columns, cancel),
            MulticlassEndpoint classes => Categorical(training, classes.Values, classes.Labels.Count, classes.Labels, design, columns, cancel),
            SurvivalEndpoint times => Cox(training, times, ties, design, columns, cancel),
            _ => throw new ArgumentException($"'{training.Endpoint.Name}' is of no known kind.", nameof(training)),
        };
    }

    private static PlainFit Linear(Predictors predictors, ContinuousEndpoint endpoint, StandardisedDesign design, OrthogonalColumns columns)
    {
        var family = new GaussianFamily(design, endpoint.Values);
        var rows = design.RowCount;
        var rank = columns.Columns.Length;
        var mean = family.NullIntercept(0);
        double[] residual = [.. endpoint.Values.Select(v => v - mean)];
        var parameters = new double[rank + 1];
        parameters[0] = mean;
        for (var j = 0; j < rank; j++)
        {
            var z = columns.Columns[j];
            for (var i = 0; i < rows; i++)
                parameters[j + 1] += design.Weights[i] * residual[i] * z[i];
            for (var i = 0; i < rows; i++)
                residual[i] -= parameters[j + 1] * z[i];
        }
        var squares = rows * residual.Select((e, i) => design.Weights[i] * e * e).Sum();
        if (squares <= 1e-20 * 2 * family.NullLoss * rows)
        {
            throw new BadInputException(
                "learning.perfect_fit", $"The columns give '{endpoint.Name}' exactly, which leaves no variance to judge by; leave out what it was computed from.", endpoint.Name);
        }
        var variance = squares / (rows - rank - 1) / rows;
        var covariance = new double[rank + 1, rank + 1];
        for (var j = 0; j <= rank; j++)
            covariance[j, j] = variance;
        return Make(predictors, columns, parameters, covariance, [0], 1, null, Gaussian(squares, design), Gaussian(2 * family.NullLoss * rows, design), rank + 2, rows, null);
    }

    // As R's logLik.lm: the residual variance is that of maximum likelihood.
    private static double Gaussian(double squares, StandardisedDesign design)
    {
        var rows = design.RowCount;
        var logWeights = 0.0;
        for (var i = 0; i < rows; i++)
            logWeights += Math.Log(design.Weights[i] * rows);
        return 0.5 * (logWeights - (rows * (Math.Log(2 * Math.PI) + 1 - Math.Log(rows) + Math.Log(squares))));
    }

    private static PlainFit Categorical(
        TrainingSet training, int[] values, int labelCount, IReadOnlyList<string>? labels, StandardisedDesign design, OrthogonalColumns columns, CancellationToken cancel)
    {
        int[] present = [.. values.Distinct().Order()];
        int[] classes = [.. values.Select(v => Array.BinarySearch(present, v))];
        var likelihood = new CategoricalLikelihood(columns.Columns, classes, present.Length, WeightsOf(design));
        var nothing = likelihood.LogLikelihood(likelihood.Null());
        if (MaximumLikelihoodClimb.Climb(likelihood, cancel) is not { } fit)
        {
            throw new BadInputException(
                "learning.separation",
                $"The columns separate the classes of '{training.Endpoint.Name}', so that a regression without penalty has no solution; take fewer columns, or ridge, lasso or elastic_net.",
                training.Endpoint.Name);
        }
        int[] scored = [.. present.Skip(1)];
        var made = Make(
            training.Predictors, columns, fit.Parameters, fit.Covariance, scored, labelCount, labels, fit.LogLikelihood, nothing, fit.Parameters.Length, values.Length, null);
        for (var k = 0; k < made.Scores.Length; k++)
        {
            if (labels is not null && Array.BinarySearch(present, k) < 0)
                made.Scores[k] = new(AbsentIntercept, [], []);
        }
        return labels is null ? made with { Scores = [made.Scores[1]] } : made;
    }

    private static PlainFit Cox(
        TrainingSet training, SurvivalEndpoint endpoint, TieMethod ties, StandardisedDesign design, OrthogonalColumns columns, CancellationToken cancel)
    {
        var partial = new PartialLikelihood(endpoint.Times, endpoint.Events, WeightsOf(design), ties);
        var likelihood = new CoxLikelihood(columns.Columns, partial, design.RowCount);
        var nothing = likelihood.LogLikelihood(likelihood.Null());
        if (MaximumLikelihoodClimb.Climb(likelihood, cancel) is not { } fit)
        {
            throw new BadInputException(
                "learning.separation",
                $"The columns tell the order of the events of '{training.Endpoint.Name}' too well, so that a Cox regression without penalty has no solution; take fewer columns, or ridge, lasso or elastic_net.",
                training.Endpoint.Name);
        }
        // The linear predictor of average values is 0.
        likelihood.LogLikelihood(fit.Parameters);
        var baseline = partial.Baseline();
        var rank = fit.Parameters.Length;
        var covariance = new double[rank + 1, rank + 1];
        for (var a = 0; a < rank; a++)
        {
            for (var b = 0; b < rank; b++)
                covariance[a + 1, b + 1] = fit.Covariance[a, b];
        }
        var made = Make(
            training.Predictors, columns, [0, .. fit.Parameters], covariance, [0], 1, null, fit.LogLikelihood, nothing, rank, endpoint.EventCount, baseline);
        return made with { Inference = WithoutIntercept(made.Inference) };
    }

    private static double[] WeightsOf(StandardisedDesign design)
    {
        var weights = design.Weights[..design.RowCount];
        for (var i = 0; i < weights.Length; i++)
            weights[i] *= weights.Length;
        return weights;
    }

    /// <summary>Parameters and covariance of Z, score after score, on the scale of the columns as given.</summary>
    private static PlainFit Make(
        Predictors predictors,
        OrthogonalColumns columns,
        double[] parameters,
        double[,] covariance,
        int[] scored,
        int scoreCount,
        IReadOnlyList<string>? labels,
        double logLikelihood,
        double nullLogLikelihood,
        int parameterCount,
        int observations,
        BaselineHazard? baseline)
    {
        var terms = columns.Kept.Length + 1;
        var transform = columns.BackTransform();
        var scores = new ScorePoint[scoreCount];
        for (var k = 0; k < scoreCount; k++)
            scores[k] = new(0, [], []);
        var estimates = new double[scored.Length * terms];
        var names = new string[estimates.Length];
        for (var s = 0; s < scored.Length; s++)
        {
            var prefix = labels is null ? "" : labels[scored[s]] + ":";
            for (var a = 0; a < terms; a++)
            {
                for (var b = 0; b < terms; b++)
                    estimates[(s * terms) + a] += transform[a, b] * parameters[(s * terms) + b];
                names[(s * terms) + a] = prefix + (a == 0 ? InterceptName : predictors.Columns[columns.Kept[a - 1]]);
            }
            scores[scored[s]] = new(estimates[s * terms], columns.Kept, estimates[((s * terms) + 1)..((s + 1) * terms)]);
        }
        return new(
            scores,
            new(
                names,
                estimates,
                Transformed(transform, covariance, terms),
                logLikelihood,
                nullLogLikelihood,
                parameterCount,
                observations,
                [.. columns.Aliased.Select(c => predictors.Columns[c])]),
            baseline);
    }

    /// <summary>T C Tᵀ of every pair of blocks.</summary>
    private static double[] Transformed(double[,] transform, double[,] covariance, int terms)
    {
        var size = covariance.GetLength(0);
        var half = new double[size, size];
        var whole = new double[size * size];
        for (var r = 0; r < size; r++)
        {
            for (var c = 0; c < size; c++)
            {
                for (var k = 0; k < terms; k++)
                    half[r, c] += transform[r % terms, k] * covariance[(r / terms * terms) + k, c];
            }
        }
        for (var r = 0; r < size; r++)
        {
            for (var c = 0; c <= r; c++)
            {
                var sum = 0.0;
                for (var k = 0; k < terms; k++)
                    sum += half[r, (c / terms * terms) + k] * transform[c % terms, k];
                whole[(r * size) + c] = whole[(c * size) + r] = sum;
            }
        }
        return whole;
    }

    private static Inference WithoutIntercept(Inference inference)
    {
        var size = inference.Terms.Count;
        return inference with
        {
            Terms = [.. inference.Terms.Skip(1)],
            Estimates = inference.Estimates[1..],
            Covariance = [.. inference.Covariance.Where((_, k) => k / size > 0 && k % size > 0)],
        };
    }
}
