namespace RadiogenomicsCloud.Learning;

/// <summary>The transforms, in the order in which the documentation lists them.</summary>
internal static class TransformRegistrations
{
    public static readonly TransformRegistration[] All =
    [
        new(MedianImputation.Entry, _ => new MedianImputation(), FittedMedianImputation.Read),
        new(ZScore.Entry, _ => new ZScore(), FittedZScore.Read),
    ];
}
