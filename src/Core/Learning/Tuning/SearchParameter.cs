namespace RadiogenomicsCloud.Learning;

/// <summary>
/// One thing that a tuner may set. Its values are numbers (of a <see cref="ChoiceParameter"/> the place in the list). Tuners work on the unit
/// interval: each of finitely many values owns a cell of it and is coded by the cell's centre.
/// </summary>
public abstract record SearchParameter(string Name)
{
    /// <summary>How many values there are; null for a continuum.</summary>
    public abstract long? Levels { get; }

    /// <summary>Whether neighbouring values are alike; not so for a choice.</summary>
    public virtual bool IsOrdered => true;

    public abstract bool Contains(double value);

    /// <summary>The value at a place of [0, 1]; places outside count as the nearer end.</summary>
    internal abstract double FromUnit(double unit);

    internal abstract double ToUnit(double value);

    private protected static int Cell(double unit, int cells) => Math.Clamp((int)Math.Floor(unit * cells), 0, cells - 1);

    private protected static double Centre(int cell, int cells) => (cell + 0.5) / cells;

    private protected static BadInputException Invalid(string name, string what) =>
        new("tuning.space", $"The range of '{name}' {what}.", name);
}

/// <summary>A real number of [<paramref name="Low"/>, <paramref name="High"/>].</summary>
/// <param name="Logarithmic">Whether equal ratios rather than equal differences are alike; then <paramref name="Low"/> is positive.</param>
public sealed record RealParameter(string Name, double Low, double High, bool Logarithmic = false) : SearchParameter(Name)
{
    private readonly Scale scale = Scale.Of(Name, Low, High, Logarithmic);

    public override long? Levels => null;

    public override bool Contains(double value) => value >= Low && value <= High;

    internal override double FromUnit(double unit) => Math.Clamp(scale.FromUnit(unit), Low, High);

    internal override double ToUnit(double value) => Math.Clamp(scale.ToUnit(value), 0, 1);

    /// <summary>Linear or logarithmic map of an interval to [0, 1].</summary>
    internal sealed record Scale(double Low, double High, bool Logarithmic)
    {
        public static Scale Of(string name, double low, double high, bool logarithmic)
        {
            if (!double.IsFinite(low) || !double.IsFinite(high) || !(low < high))
                throw Invalid(name, "needs two numbers, the lesser first");
            if (logarithmic && !(low > 0))
                throw Invalid(name, "is logarithmic and must begin above 0");
            return logarithmic ? new(Math.Log(low), Math.Log(high), true) : new(low, high, false);
        }

        public double FromUnit(double unit)
        {
            var place = Low + (Math.Clamp(unit, 0, 1) * (High - Low));
            return Logarithmic ? Math.Exp(place) : place;
        }

        public double ToUnit(double value) => ((Logarithmic ? Math.Log(value) : value) - Low) / (High - Low);
    }
}

/// <summary>A whole number of <paramref name="Low"/> … <paramref name="High"/>, both among them.</summary>
/// <param name="Logarithmic">Whether equal ratios rather than equal differences are alike; then <paramref name="Low"/> is positive.</param>
public sealed record IntegerParameter(string Name, int Low, int High, bool Logarithmic = false) : SearchParameter(Name)
{
    // Each number owns the stretch from half below to half above it.
    private readonly RealParameter.Scale scale = Low < High && (!Logarithmic || Low > 0)
        ? RealParameter.Scale.Of(Name, Low - 0.5, High + 0.5, Logarithmic)
        : throw Invalid(Name, Low < High ? "is logarithmic and must begin above 0" : "needs two numbers, the lesser first");

    public override long? Levels => (long)High - Low + 1;

    public override bool Contains(double value) => value >= Low && value <= High && value == Math.Floor(value);

    internal override double FromUnit(double unit) => Math.Clamp(Math.Round(scale.FromUnit(unit), MidpointRounding.AwayFromZero), Low, High);

    internal override double ToUnit(double value) => Math.Clamp(scale.ToUnit(value), 0, 1);
}

/// <summary>One of some numbers, ascending; neighbours are taken to be alike, however far apart.</summary>
public sealed record ListParameter : SearchParameter
{
    /// <param name="values">Finite; sorted here, and doubles left out.</param>
    public ListParameter(string name, IReadOnlyList<double> values)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(values);
        Values = [.. values.Distinct().Order()];
        if (Values.Count == 0 || !Values.All(double.IsFinite))
            throw Invalid(name, "needs at least one number, and no other than finite ones");
    }

    public IReadOnlyList<double> Values { get; }

    public override long? Levels => Values.Count;

    public override bool Contains(double value) => Values.Contains(value);

    internal override double FromUnit(double unit) => Values[Cell(unit, Values.Count)];

    internal override double ToUnit(double value) => Centre(Math.Max(0, Values.ToList().IndexOf(value)), Values.Count);
}

/// <summary>One of some texts (or of true and false) without order; a value is a place in <paramref name="Choices"/>.</summary>
public sealed record ChoiceParameter(string Name, IReadOnlyList<string> Choices) : SearchParameter(Name)
{
    private readonly int count = Choices.Count > 0 ? Choices.Count : throw Invalid(Name, "has nothing to choose");

    public override long? Levels => count;

    public override bool IsOrdered => false;

    public override bool Contains(double value) => value >= 0 && value < count && value == Math.Floor(value);

    internal override double FromUnit(double unit) => Cell(unit, count);

    internal override double ToUnit(double value) => Centre((int)value, count);
}
