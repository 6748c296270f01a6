using System.Globalization;

namespace RadiogenomicsCloud.Service.Api;

/// <summary>One page of a list.</summary>
/// <param name="Total">Of all items that the request asks for.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, int Total, int Offset, int Limit);

/// <summary>Which page a request asks for: <c>offset</c> from 0, <c>limit</c> from 1 to <see cref="LargestLimit"/>.</summary>
internal sealed record Paging(int Offset, int Limit)
{
    public const int LargestLimit = 500;
    private const int DefaultLimit = 100;

    /// <exception cref="BadInputException">A number is not one, or outside its range.</exception>
    public static Paging Of(ApiRequest request) =>
        new(Number(request, "offset", 0, 0, int.MaxValue), Number(request, "limit", DefaultLimit, 1, LargestLimit));

    public Page<T> Of<T>(IEnumerable<T> all)
    {
        var list = all as IReadOnlyList<T> ?? [.. all];
        return new([.. list.Skip(Offset).Take(Limit)], list.Count, Offset, Limit);
    }

    private static int Number(ApiRequest request, string name, int otherwise, int least, int most)
    {
        if (!request.Query.TryGetValue(name, out var text))
            return otherwise;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new BadInputException("request.page", $"'{name}' must be a whole number from {least} to {most}.", name);
    }
}
