using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// A fitted transform that can give fewer columns and then may need fewer. A pipeline uses it to forget the columns that its model does not
/// read, so that a new case needs only those.
/// </summary>
internal interface IPrunable
{
    /// <summary>The same transform giving only <paramref name="columns"/>, a subset of its own.</summary>
    IFittedTransform RestrictTo(IReadOnlyList<string> columns);
}

/// <summary>A fitted transform whose every output column depends on the input column of the same name alone.</summary>
internal interface IColumnwise : IPrunable;

/// <summary>Fills gaps: a pipeline with one needs no other.</summary>
internal interface IImputation : ITransformLearner;

/// <summary>A columnwise transform that is z = (x − centre) / scale where x is not missing.</summary>
internal interface IAffine
{
    (double Centre, double Scale) Of(string column);
}
