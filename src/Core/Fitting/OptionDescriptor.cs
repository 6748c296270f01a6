namespace RadiogenomicsCloud.Fitting;

/// <summary>The type of an option's value as it is written in a study file.</summary>
public enum OptionType
{
    Number,
    Integer,
    String,
    Boolean,

    /// <summary>One number, or a list of numbers to choose among by tuning.</summary>
    NumberList,
}

/// <summary>What a registry says of one option; the study-file parser and the published JSON Schema are made from it.</summary>
/// <param name="Name">The key in the study file, lower case with underscores.</param>
/// <param name="Default">The value used where the key is absent: a <see cref="double"/>, <see cref="int"/>, <see cref="string"/>,
/// <see cref="bool"/> or an array of doubles, after <paramref name="Type"/>; null where absence itself means something that
/// <paramref name="Description"/> says.</param>
/// <param name="Minimum">Least valid value, inclusive; for a list, of each item.</param>
/// <param name="Maximum">Greatest valid value, inclusive; for a list, of each item.</param>
/// <param name="Choices">The valid values of a string; null where any is.</param>
/// <param name="Description">One sentence.</param>
public sealed record OptionDescriptor(
    string Name,
    OptionType Type,
    object? Default,
    double? Minimum,
    double? Maximum,
    IReadOnlyList<string>? Choices,
    string Description)
{
    /// <summary>Where tuning looks for the best value unless the study says where; null for an option that is no matter of tuning.</summary>
    public SearchRange? Search { get; init; }
}

/// <summary>An interval that a tuner searches.</summary>
/// <param name="Logarithmic">Whether equal ratios rather than equal differences are alike.</param>
public sealed record SearchRange(double Low, double High, bool Logarithmic = false);

/// <summary>What an entry of a registry is.</summary>
public enum RegistryKind
{
    /// <summary>Changes the values of columns.</summary>
    Transform,

    /// <summary>Keeps some of the columns.</summary>
    Selector,

    Model,

    /// <summary>Weighs or resamples training rows; rows that are scored are never touched.</summary>
    Balance,

    /// <summary>Changes the probabilities of a fitted model.</summary>
    Recalibration,

    /// <summary>Searches the options of a model.</summary>
    Tuner,

    /// <summary>Says what a pipeline is worth.</summary>
    Validation,
}

/// <summary>One name that a study file may use in an ordered list of <c>{name: options}</c>.</summary>
public sealed record RegistryEntry(string Name, RegistryKind Kind, string Summary, IReadOnlyList<OptionDescriptor> Options)
{
    /// <summary>The endpoints that it can be used with.</summary>
    public IReadOnlyList<EndpointKind> Endpoints { get; init; } = Enum.GetValues<EndpointKind>();
}
