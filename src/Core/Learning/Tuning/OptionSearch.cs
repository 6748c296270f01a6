using System.Text.Json;
using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// The options of a model as a study writes them, told apart: a single value is fixed; a list is to choose among; <c>{from, to, scale}</c>
/// is a range; <c>tune</c> is the range of the descriptor's <see cref="OptionDescriptor.Search"/>, or all values of a text or of true and
/// false. An option whose own value is a list (<see cref="OptionType.NumberList"/>) keeps its list.
/// </summary>
internal sealed class OptionSearch
{
    /// <summary>In place of a value: search where the registry says.</summary>
    public const string Word = "tune";

    public const int LongestList = 1000;

    private readonly RegistryEntry entry;
    private readonly IReadOnlyDictionary<string, JsonElement> fixedValues;
    private readonly IReadOnlyList<SearchParameter> parameters;

    private OptionSearch(RegistryEntry entry, IReadOnlyDictionary<string, JsonElement> fixedValues, IReadOnlyList<SearchParameter> parameters)
    {
        (this.entry, this.fixedValues, this.parameters) = (entry, fixedValues, parameters);
        Space = parameters.Count == 0 ? null : new(parameters);
    }

    /// <summary>What is to be searched; null where every option is fixed.</summary>
    public SearchSpace? Space { get; }

    /// <summary>Whether a study may leave an option's value to a tuner.</summary>
    public static bool IsTunable(RegistryEntry entry, OptionDescriptor option) => entry.Kind is RegistryKind.Model
        && (option.Type is OptionType.Boolean || (option.Type is OptionType.String ? option.Choices is { Count: > 1 } : option.Search is not null));

    /// <exception cref="BadInputException">An unknown option, a value that is not valid, or one left to tuning that cannot be.</exception>
    public static OptionSearch Read(RegistryEntry entry, JsonElement options)
    {
        if (options.ValueKind is not JsonValueKind.Object)
        {
            _ = OptionValues.Read(entry, options);
            return new(entry, new Dictionary<string, JsonElement>(), []);
        }
        var single = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        var parameters = new List<SearchParameter>();
        foreach (var property in options.EnumerateObject())
        {
            var option = entry.Options.FirstOrDefault(o => o.Name == property.Name);
            if (single.ContainsKey(property.Name) || parameters.Exists(p => p.Name == property.Name))
                throw new BadInputException("options.duplicate", $"Option '{property.Name}' of '{entry.Name}' is given twice; keep one.", entry.Name);
            if (option is not null && IsTunable(entry, option) && Parameter(entry, option, property.Value) is { } parameter)
            {
                if (parameter.Levels == 1)
                    single.Add(option.Name, Value(option, parameter, parameter.FromUnit(0)));
                else
                    parameters.Add(parameter);
            }
            else
            {
                single.Add(property.Name, property.Value);
            }
        }
        _ = new OptionValues(entry, single);
        return new(entry, single, parameters);
    }

    /// <summary>All options with the searched ones at <paramref name="values"/>.</summary>
    public OptionValues At(IReadOnlyList<double> values)
    {
        var all = new Dictionary<string, JsonElement>(fixedValues, StringComparer.Ordinal);
        foreach (var (name, value) in Searched(values))
            all[name] = value;
        return new(entry, all);
    }

    /// <summary>The searched options alone, as a study would write them.</summary>
    public IReadOnlyList<(string Name, JsonElement Value)> Searched(IReadOnlyList<double> values) =>
        [.. parameters.Zip(values, (p, v) => (p.Name, Value(Descriptor(p.Name), p, v)))];

    /// <summary>Where nothing can be judged: the default of each option if it is in the space, else the middle.</summary>
    public IReadOnlyList<double> Default() => [.. parameters.Select(p => Default(Descriptor(p.Name), p))];

    private OptionDescriptor Descriptor(string name) => entry.Options.First(o => o.Name == name);

    private static double Default(OptionDescriptor option, SearchParameter parameter)
    {
        var value = option.Default switch
        {
            double number => number,
            int number => number,
            double[] { Length: > 0 } numbers => numbers[0],
            string text when parameter is ChoiceParameter choice => choice.Choices.ToList().IndexOf(text),
            bool flag when parameter is ChoiceParameter choice => choice.Choices.ToList().IndexOf(Text(flag)),
            _ => double.NaN,
        };
        return parameter.Contains(value) ? value : parameter.FromUnit(0.5);
    }

    private static JsonElement Value(OptionDescriptor option, SearchParameter parameter, double value) => parameter switch
    {
        ChoiceParameter choice when option.Type is OptionType.Boolean => JsonSerializer.SerializeToElement(choice.Choices[(int)value] == Text(true)),
        ChoiceParameter choice => JsonSerializer.SerializeToElement(choice.Choices[(int)value]),
        _ => JsonSerializer.SerializeToElement(value),
    };

    private static string Text(bool flag) => flag ? "true" : "false";

    /// <summary>What is to be searched; null for a single value.</summary>
    private static SearchParameter? Parameter(RegistryEntry entry, OptionDescriptor option, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String when value.GetString() == Word && option.Search is { } range:
                return Range(option, range.Low, range.High, range.Logarithmic);
            case JsonValueKind.String when value.GetString() == Word:
                return new ChoiceParameter(option.Name, option.Type is OptionType.Boolean ? [Text(false), Text(true)] : option.Choices!);
            case JsonValueKind.Array when option.Type is not OptionType.NumberList:
                return List(entry, option, value);
            case JsonValueKind.Object when option.Search is not null:
                return Range(entry, option, value);
            default:
                return null;
        }
    }

    private static SearchParameter List(RegistryEntry entry, OptionDescriptor option, JsonElement list)
    {
        JsonElement[] items = [.. list.EnumerateArray()];
        if (items.Length is 0 or > LongestList)
            throw Invalid(entry, option, FormattableString.Invariant($"is a list of {items.Length}; give 1 to {LongestList} values"));
        // Each item must be a valid value by itself.
        foreach (var item in items)
            _ = new OptionValues(entry, One(option, item));
        return option.Type switch
        {
            OptionType.Boolean => new ChoiceParameter(option.Name, [.. items.Select(i => Text(i.GetBoolean())).Distinct()]),
            OptionType.String => new ChoiceParameter(option.Name, [.. items.Select(i => i.GetString()!).Distinct(StringComparer.Ordinal)]),
            _ => new ListParameter(option.Name, [.. items.Select(i => i.GetDouble())]),
        };
    }

    private static SearchParameter Range(RegistryEntry entry, OptionDescriptor option, JsonElement map)
    {
        double low = double.NaN, high = double.NaN;
        var logarithmic = option.Search!.Logarithmic;
        foreach (var property in map.EnumerateObject())
        {
            var value = property.Value;
            switch (property.Name)
            {
                case "from":
                    low = End(entry, option, value);
                    break;
                case "to":
                    high = End(entry, option, value);
                    break;
                case "scale" when value.ValueKind is JsonValueKind.String && value.GetString() is ("log" or "linear"):
                    logarithmic = value.GetString() == "log";
                    break;
                default:
                    throw Invalid(entry, option, "must be written {from: …, to: …, scale: log or linear}");
            }
        }
        return low < high && !(logarithmic && low <= 0)
            ? Range(option, low, high, logarithmic)
            : throw Invalid(entry, option, "needs 'from' less than 'to', and above 0 on a log scale");
    }

    // Either end must be a valid value by itself.
    private static double End(RegistryEntry entry, OptionDescriptor option, JsonElement value) =>
        value.ValueKind is JsonValueKind.Array ? double.NaN
        : option.Type is OptionType.NumberList ? new OptionValues(entry, One(option, value)).NumberList(option.Name)[0]
        : new OptionValues(entry, One(option, value)).Number(option.Name);

    private static Dictionary<string, JsonElement> One(OptionDescriptor option, JsonElement value) => new(StringComparer.Ordinal) { [option.Name] = value };

    private static SearchParameter Range(OptionDescriptor option, double low, double high, bool logarithmic) => option.Type is OptionType.Integer
        ? new IntegerParameter(option.Name, (int)low, (int)high, logarithmic)
        : new RealParameter(option.Name, low, high, logarithmic);

    private static BadInputException Invalid(RegistryEntry entry, OptionDescriptor option, string what) =>
        new("options.invalid", $"Option '{option.Name}' of '{entry.Name}' {what}.", $"{entry.Name}.{option.Name}");
}
