using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>A tuner that a study asks for, with its options, before there is anything to search.</summary>
internal sealed record TunerChoice(string Name, SearchMethod Method, TunerSettings Settings)
{
    /// <summary>What searches where the study does not say.</summary>
    public static TunerChoice Default { get; } = Of(new(TunerRegistrations.All[0].Entry.Name, default));

    /// <exception cref="BadInputException">An unknown name or option.</exception>
    public static TunerChoice Of(NamedOptions named)
    {
        var found = Array.Find(TunerRegistrations.All, t => t.Entry.Name == named.Name)
            ?? throw LearningRegistry.Unknown(named.Name, "tuner", [.. TunerRegistrations.All.Select(t => t.Entry.Name)]);
        var options = OptionValues.Read(found.Entry, named.Options);
        return new(named.Name, found.Create(options), TunerSettings.From(options));
    }

    public ITuner Start(SearchSpace space, ulong seed) => new Tuner(space, Method, Settings.Budget, Settings.Patience, seed);
}
