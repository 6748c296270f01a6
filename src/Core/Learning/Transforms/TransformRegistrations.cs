namespace RadiogenomicsCloud.Learning;

/// <summary>The transforms, in the order in which the documentation lists them.</summary>
internal static class TransformRegistrations
{
    public static readonly TransformRegistration[] All =
    [
        new(Encode.Entry, o => new Encode(o), FittedEncoding.Read),
        new(MedianImputation.Entry, _ => new MedianImputation(), FittedMedianImputation.Read),
        new(KnnImputation.Entry, o => new KnnImputation(o), FittedKnnImputation.Read),
        new(ChainedImputation.Entry, o => new ChainedImputation(o), FittedChainedImputation.Read),
        new(ZScore.Entry, _ => new ZScore(), FittedZScore.Read),
        new(ComBat.Entry, o => new ComBat(o), FittedComBat.Read),
        new(RobustScaling.Entry, o => new RobustScaling(o), FittedRobustScaling.Read),
        new(RankNormal.Entry, o => new RankNormal(o), FittedRankNormal.Read),
        new(PrincipalComponents.Entry, o => new PrincipalComponents(o), FittedPrincipalComponents.Read),
    ];
}
