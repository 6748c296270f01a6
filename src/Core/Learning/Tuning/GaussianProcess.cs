namespace RadiogenomicsCloud.Learning;

/// <summary>
/// Regression by a Gaussian process of constant mean and Matérn 5/2 covariance, a length scale for each parameter, and noise
/// (Rasmussen, Williams, Gaussian Processes for Machine Learning, 2006, eq. 2.25 and 4.17). Mean and variance are profiled out of the
/// likelihood; length scales and noise maximise it under log-normal priors, by BFGS inside bounds.
/// </summary>
internal sealed class GaussianProcess
{
    private const double LeastNoise = 1e-8;

    private readonly GaussianProcessLikelihood likelihood;
    private readonly double[] theta;
    private readonly double[] inverseLower;
    private readonly int stride;
    private readonly double[] kernel;

    private GaussianProcess(GaussianProcessLikelihood likelihood, double[] theta)
    {
        (this.likelihood, this.theta) = (likelihood, theta);
        likelihood.Evaluate(theta, []);
        (inverseLower, stride) = likelihood.InverseLower();
        kernel = new double[stride];
    }

    /// <summary>The logarithms of the length scales and of the ratio of noise to signal variance, to begin the next fit at.</summary>
    public IReadOnlyList<double> Theta => theta;

    /// <param name="encoded">Points × features, row after row.</param>
    /// <param name="group">The length scale that each feature has.</param>
    /// <param name="start">Where to begin; empty for the centre of the priors.</param>
    public static GaussianProcess Fit(double[] encoded, double[] losses, int[] group, IReadOnlyList<double> start)
    {
        var likelihood = new GaussianProcessLikelihood(encoded, losses, group);
        var from = start.Count == 0 ? likelihood.PriorCentre() : [.. start];
        return new(likelihood, BoundedBfgs.Maximise(likelihood.Evaluate, from, likelihood.Lower, likelihood.Upper, iterations: start.Count == 0 ? 30 : 8));
    }

    /// <summary>Mean and standard deviation of the function, noise aside. Not for several threads at a time.</summary>
    public (double Mean, double Deviation) Predict(ReadOnlySpan<double> encoded)
    {
        likelihood.Covariances(encoded, kernel);
        var mean = likelihood.Mean + PaddedKernels.Dot(kernel, likelihood.Alpha);
        var explained = 0.0;
        // Rows of the inverse factor end at the diagonal.
        for (var i = 0; i < likelihood.Count; i++)
        {
            var projected = PaddedKernels.Dot(inverseLower.AsSpan(i * stride, PaddedKernels.PaddedLength(i + 1)), kernel);
            explained += projected * projected;
        }
        return (mean, Math.Sqrt(likelihood.SignalVariance * Math.Max(1 - explained, LeastNoise)));
    }
}
