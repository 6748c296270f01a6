using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;
using Microsoft.Extensions.Configuration;
using RadiogenomicsCloud.Functions.Triggers;

namespace RadiogenomicsCloud.Functions.Tests.Triggers;

public sealed class HttpAccessTests
{
    private const string Binding = """{"name":"request","type":"httpTrigger","direction":"In","authLevel":"Function","route":"{*path}"}""";

    [Theory]
    [InlineData(null, "Function")]
    [InlineData("False", "Function")]
    [InlineData("yes", "Function")]
    [InlineData("True", "Anonymous")]
    public void A_key_is_asked_for_unless_the_platform_authenticates(string? platform, string expected)
    {
        var metadata = new DefaultFunctionMetadata { Name = "Http", RawBindings = [Binding, """{"type":"durableClient"}"""] };
        Access(platform).Transform([metadata]);
        Assert.Contains($"\"authLevel\":\"{expected}\"", metadata.RawBindings[0], StringComparison.Ordinal);
        Assert.Contains("\"route\":\"{*path}\"", metadata.RawBindings[0], StringComparison.Ordinal);
    }

    [Fact]
    public void The_platform_names_the_person_and_nobody_gets_in_without()
    {
        Assert.Equal("anna@example.org", Access("True").Who(Headers(("X-MS-CLIENT-PRINCIPAL-NAME", "anna@example.org"))));
        Assert.Equal("0000-1111", Access("True").Who(Headers(("X-MS-CLIENT-PRINCIPAL-ID", "0000-1111"))));
        Assert.Null(Access("True").Who(Headers()));
    }

    [Fact]
    public void Without_the_platforms_authentication_its_header_is_anyones_and_is_not_believed() =>
        Assert.Equal("function key", Access(null).Who(Headers(("X-MS-CLIENT-PRINCIPAL-NAME", "anna@example.org"))));

    private static HttpAccess Access(string? platform) => new(
        new ConfigurationBuilder().AddInMemoryCollection([new(HttpAccess.PlatformSetting, platform)]).Build());

    private static HeaderDictionary Headers(params (string Name, string Value)[] headers)
    {
        var all = new HeaderDictionary();
        foreach (var (name, value) in headers)
            all[name] = value;
        return all;
    }
}
