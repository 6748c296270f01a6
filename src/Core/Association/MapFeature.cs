namespace RadiogenomicsCloud.Association;

/// <summary>A feature of the map as its tests need it.</summary>
internal sealed class MapFeature
{
    public MapFeature(double[] values, FeatureScale scale)
    {
        (Values, Scale) = (values, scale);
        Order = [.. Enumerable.Range(0, values.Length).Where(c => !double.IsNaN(values[c]))];
        var keys = Array.ConvertAll(Order, c => values[c]);
        Array.Sort(keys, Order);
        Tied = false;
        for (var k = 1; k < keys.Length; k++)
            Tied |= keys[k] == keys[k - 1];
        Levels = scale == FeatureScale.Nominal && keys.Length > 0 ? (int)keys[^1] + 1 : 2;
    }

    /// <summary>By case; NaN is missing.</summary>
    public double[] Values { get; }

    public FeatureScale Scale { get; }

    /// <summary>The cases that have a value, by value.</summary>
    public int[] Order { get; }

    public bool Complete => Order.Length == Values.Length;

    public bool Tied { get; }

    /// <summary>Of a nominal feature: one more than its greatest code.</summary>
    public int Levels { get; }

    public bool IsNominal => Scale == FeatureScale.Nominal;

    public bool IsBinary => Scale == FeatureScale.Binary;
}
