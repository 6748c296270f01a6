namespace RadiogenomicsCloud.Radiomics;

/// <summary>The values of one family while they are computed, in the order of its features. All are missing at first.</summary>
public sealed class FamilyValues
{
    private readonly double[] _values;
    private readonly string?[] _why;

    public FamilyValues(IFeatureFamily family)
    {
        ArgumentNullException.ThrowIfNull(family);
        Family = family;
        _values = new double[family.Features.Count];
        _why = new string?[_values.Length];
        Array.Fill(_values, double.NaN);
    }

    public IFeatureFamily Family { get; }

    /// <summary>To write to; what stays NaN is missing. A value that is not finite becomes missing when it is read.</summary>
    public Span<double> Values => _values;

    public double this[int index]
    {
        get => _values[index];
        set => _values[index] = value;
    }

    /// <summary>Says why <paramref name="count"/> features from <paramref name="first"/> on have no value; what has one keeps it.</summary>
    /// <param name="why">A clause without a full stop, for example "the region is one voxel".</param>
    public void Missing(int first, int count, string why) => Array.Fill(_why, why, first, count);

    /// <summary>Says why no feature of the family has a value; what has one keeps it.</summary>
    public void Missing(string why) => Missing(0, _why.Length, why);

    /// <summary>The feature as it is reported: NaN with a reason, or a finite value without one.</summary>
    public FeatureValue Read(int index) => double.IsFinite(_values[index])
        ? new(Family.Features[index], _values[index])
        : new(Family.Features[index], double.NaN, double.IsNaN(_values[index]) && _why[index] is { } why ? why : Overflow);

    /// <summary>What is left where a family gave no reason: the arithmetic of double precision ended.</summary>
    internal const string Overflow = "the computation leaves double precision with intensities this large or this small";
}
