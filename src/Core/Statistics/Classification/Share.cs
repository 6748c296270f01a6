namespace RadiogenomicsCloud.Statistics;

/// <summary>A proportion with what it is made of; NaN of nothing.</summary>
/// <param name="Part">Rows that count, weighted.</param>
/// <param name="Whole">Rows in question, weighted.</param>
public readonly record struct Share(double Part, double Whole)
{
    public double Value => Whole > 0 ? Part / Whole : double.NaN;

    /// <summary>Wilson's score interval; only where the rows are independent and count once.</summary>
    public (double Low, double High) Wilson(double level) => Proportion.Wilson(Count(Part), Count(Whole), level);

    /// <summary>The exact interval of Clopper and Pearson; only where the rows are independent and count once.</summary>
    public (double Low, double High) ClopperPearson(double level) => Proportion.ClopperPearson(Count(Part), Count(Whole), level);

    private static int Count(double count) => count == Math.Floor(count)
        ? (int)count
        : throw new InvalidOperationException("An interval of a proportion needs numbers of rows, not weights.");
}
