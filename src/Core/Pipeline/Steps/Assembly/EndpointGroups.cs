using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Pipeline.Steps.Assembly;

/// <summary>Cases that an endpoint makes alike, of which a study needs enough.</summary>
/// <param name="What">For example: whose grade is G2.</param>
/// <param name="Patients">Distinct ones; a patient with cases of several groups counts in each.</param>
internal sealed record EndpointGroup(string What, int Patients);

/// <summary>
/// The groups of an endpoint: each of its classes; those with the event of a survival time; half of those with a number.
/// </summary>
internal static class EndpointGroups
{
    /// <param name="patients">One a case of the endpoint.</param>
    public static IReadOnlyList<EndpointGroup> Of(EndpointDocument endpoint, IReadOnlyList<string> patients)
    {
        return endpoint.Kind switch
        {
            EndpointKind.Binary => [Class(0, row => endpoint.Events![row]), Class(1, row => !endpoint.Events![row])],
            EndpointKind.Multiclass => [.. endpoint.Labels.Select((_, place) => Class(place, row => endpoint.Numbers![row] == place))],
            EndpointKind.Survival => [new($"with the event of {endpoint.Name}", Count(row => endpoint.Events![row]))],
            _ => [new($"in half of those with a value of {endpoint.Name}", Count(_ => true) / 2)],
        };

        EndpointGroup Class(int place, Func<int, bool> isIn) =>
            new((place == 0 ? $"whose {endpoint.Name} is " : "with ") + endpoint.Labels[place], Count(isIn));

        int Count(Func<int, bool> isIn) => patients.Where((_, row) => isIn(row)).Distinct(StringComparer.Ordinal).Count();
    }

    /// <summary>For example: 4 patients whose grade is G2 and 30 with G3.</summary>
    /// <param name="unit">What is counted.</param>
    public static string Describe(IReadOnlyList<EndpointGroup> groups, string unit)
    {
        var texts = groups.Select((g, place) => FormattableString.Invariant($"{g.Patients} {(place == 0 ? unit + " " : "")}{g.What}")).ToList();
        return texts.Count == 1 ? texts[0] : $"{string.Join(", ", texts[..^1])} and {texts[^1]}";
    }
}
